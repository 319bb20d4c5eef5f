/** Tests of this room. */
@NullMarked
package dev.allsquare.inventory.domain;

import org.jspecify.annotations.NullMarked;
