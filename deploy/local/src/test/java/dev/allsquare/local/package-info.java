/** The topology, with real processes where it matters. */
@NullMarked
package dev.allsquare.local;

import org.jspecify.annotations.NullMarked;
