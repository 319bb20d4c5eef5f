/** The envelope every command, reply and event travels in; it knows the JDK and nothing else. */
@NullMarked
package dev.allsquare.message;

import org.jspecify.annotations.NullMarked;
