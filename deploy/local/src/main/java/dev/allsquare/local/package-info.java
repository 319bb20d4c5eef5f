/**
 * The whole topology on one machine: PostgreSQL, Kafka and the services, each a process of its own.
 */
@NullMarked
package dev.allsquare.local;

import org.jspecify.annotations.NullMarked;
