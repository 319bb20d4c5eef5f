/** Tests of this room. */
@NullMarked
package dev.allsquare.inventory.web;

import org.jspecify.annotations.NullMarked;
