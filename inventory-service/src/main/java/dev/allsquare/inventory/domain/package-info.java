/**
 * Products, stock and reservations with their rules. Knows neither REST, nor Kafka, nor the engine.
 *
 * <p>Locks are taken in one order everywhere: product, reservations by order id, stock by SKU.
 */
@NullMarked
package dev.allsquare.inventory.domain;

import org.jspecify.annotations.NullMarked;
