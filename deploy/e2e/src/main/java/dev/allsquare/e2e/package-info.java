/** The whole system seen from outside: its REST interfaces, and a load to put on them. */
@NullMarked
package dev.allsquare.e2e;

import org.jspecify.annotations.NullMarked;
