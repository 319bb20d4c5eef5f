/** Tests of the whole service. */
@NullMarked
package dev.allsquare.inventory;

import org.jspecify.annotations.NullMarked;
