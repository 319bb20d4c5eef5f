/** The rooms wired together, as a service gets them. */
@NullMarked
package dev.allsquare.autoconfigure;

import org.jspecify.annotations.NullMarked;
