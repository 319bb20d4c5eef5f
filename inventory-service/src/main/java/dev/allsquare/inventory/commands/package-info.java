/** The participant: what sagas may ask of the stock, one batch and one transaction at a time. */
@NullMarked
package dev.allsquare.inventory.commands;

import org.jspecify.annotations.NullMarked;
