/** The only room that knows Kafka: topics, headers, sender and batch listeners. */
@NullMarked
package dev.allsquare.kafka;

import org.jspecify.annotations.NullMarked;
