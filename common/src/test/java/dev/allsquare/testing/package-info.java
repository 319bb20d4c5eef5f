/** What a service needs to be tested whole: a real PostgreSQL and Kafka, callers, sagas, walls. */
@NullMarked
package dev.allsquare.testing;

import org.jspecify.annotations.NullMarked;
