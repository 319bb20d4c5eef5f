/** The REST interface: placing, reading, cancelling and watching orders. */
@NullMarked
package dev.allsquare.order.web;

import org.jspecify.annotations.NullMarked;
