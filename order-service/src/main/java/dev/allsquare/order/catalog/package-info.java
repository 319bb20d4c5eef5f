/** The local copy of the products, so that pricing asks nobody. */
@NullMarked
package dev.allsquare.order.catalog;

import org.jspecify.annotations.NullMarked;
