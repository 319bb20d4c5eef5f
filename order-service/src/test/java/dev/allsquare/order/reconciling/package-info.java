@NullMarked
package dev.allsquare.order.reconciling;

import org.jspecify.annotations.NullMarked;
