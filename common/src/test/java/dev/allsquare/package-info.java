/** The walls between the rooms. */
@NullMarked
package dev.allsquare;

import org.jspecify.annotations.NullMarked;
