@NullMarked
package dev.allsquare.order.placing;

import org.jspecify.annotations.NullMarked;
