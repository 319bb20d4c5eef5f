/** inventory-service: products, stock and reservations. */
@NullMarked
package dev.allsquare.inventory;

import org.jspecify.annotations.NullMarked;
