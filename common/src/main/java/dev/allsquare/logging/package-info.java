/** Whom a log line is about: ids that go with it, and nothing of the payload. */
@NullMarked
package dev.allsquare.logging;

import org.jspecify.annotations.NullMarked;
