/** What log lines say of whom. */
@NullMarked
package dev.allsquare.logging;

import org.jspecify.annotations.NullMarked;
