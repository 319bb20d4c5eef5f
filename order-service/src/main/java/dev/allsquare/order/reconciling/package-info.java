/** Holds the orders against what the participants know of them. */
@NullMarked
package dev.allsquare.order.reconciling;

import org.jspecify.annotations.NullMarked;
