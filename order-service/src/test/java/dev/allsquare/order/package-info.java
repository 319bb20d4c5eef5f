@NullMarked
package dev.allsquare.order;

import org.jspecify.annotations.NullMarked;
