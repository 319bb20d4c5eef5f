/** Records in, messages out, and what happens to everything that is neither. */
@NullMarked
package dev.allsquare.kafka;

import org.jspecify.annotations.NullMarked;
