/** Orders, and the sagas that place and cancel them. */
@NullMarked
package dev.allsquare.order;

import org.jspecify.annotations.NullMarked;
