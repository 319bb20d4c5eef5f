/** The REST interface and what an operator may ask. */
@NullMarked
package dev.allsquare.inventory.web;

import org.jspecify.annotations.NullMarked;
