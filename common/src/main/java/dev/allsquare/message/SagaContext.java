package dev.allsquare.message;

import java.util.UUID;

/**
 * Which step of which saga a command belongs to; a reply repeats it.
 *
 * @param replyTo the topic that awaits the reply
 */
public record SagaContext(
    UUID sagaId, String sagaType, String step, Direction direction, String replyTo) {}
