/** A real PostgreSQL and a real Kafka for tests, started once per JVM. */
@NullMarked
package dev.allsquare.testing;

import org.jspecify.annotations.NullMarked;
