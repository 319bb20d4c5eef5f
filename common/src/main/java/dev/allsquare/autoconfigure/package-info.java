/** Wires the rooms into a Spring Boot service; nobody imports it. */
@NullMarked
package dev.allsquare.autoconfigure;

import org.jspecify.annotations.NullMarked;
