/** What runs inside the broker's own process; nothing else sees Kafka's classes. */
@NullMarked
package dev.allsquare.local.broker;

import org.jspecify.annotations.NullMarked;
