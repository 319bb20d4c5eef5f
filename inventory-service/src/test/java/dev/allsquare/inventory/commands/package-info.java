/** Tests of this room. */
@NullMarked
package dev.allsquare.inventory.commands;

import org.jspecify.annotations.NullMarked;
