/** Taking an order back: before the pivot, while it is in flight, and after it. */
@NullMarked
package dev.allsquare.order.cancelling;

import org.jspecify.annotations.NullMarked;
