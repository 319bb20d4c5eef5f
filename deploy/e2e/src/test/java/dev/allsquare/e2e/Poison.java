package dev.allsquare.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Messages that do harm if they can. A header marks them, so that the checker knows its own. */
final class Poison {

  private static final String MARK = "campaign-poison";
  private static final String GARBAGE = "garbage";
  private static final String READABLE = "readable";
  private static final String HARMLESS = "harmless";
  private static final byte[] BYTES = {(byte) 0xC3, 0x28, 0, '{', (byte) 0xFF, '\n', 7};

  private Poison() {}

  static List<ProducerRecord<byte[], byte[]>> garbage(String topic, int partitions) {
    return IntStream.range(0, partitions)
        .mapToObj(partition -> new ProducerRecord<>(topic, partition, BYTES, BYTES))
        .map(each -> marked(each, GARBAGE))
        .toList();
  }

  static List<ProducerRecord<byte[], byte[]>> spoofed() {
    var bad =
        Stream.of(
            CloudEvent.command("payment.commands", "payment.authorize.v1", "{\"orderId\":"),
            CloudEvent.command("payment.commands", "payment.authorize.v1", "{}"),
            CloudEvent.command("payment.commands", "payment.conjure.v1", "{}"),
            CloudEvent.command("inventory.commands", "inventory.reserve-stock.v1", "[]"),
            CloudEvent.command("inventory.commands", "inventory.conjure.v1", "{}"),
            CloudEvent.command("order.replies", "payment.conjure.v1", "{}"),
            CloudEvent.event("inventory.products", "inventory.product.v1", "{\"sku\":1}"));
    var harmless =
        Stream.of("DONE", "REFUSED", "FAILED")
            .map(verdict -> "{\"verdict\":\"" + verdict + "\"}")
            .map(reply -> CloudEvent.command("order.replies", "saga.reply.v1", reply));
    var withoutHeaders =
        Topics.CONSUMED.stream()
            .map(topic -> new ProducerRecord<>(topic, "key".getBytes(UTF_8), "{}".getBytes(UTF_8)));
    return Stream.of(
            bad.map(each -> marked(each, READABLE)),
            harmless.map(each -> marked(each, HARMLESS)),
            withoutHeaders.map(each -> marked(each, GARBAGE)))
        .flatMap(each -> each)
        .toList();
  }

  static boolean is(ConsumerRecord<byte[], byte[]> record) {
    return !Topics.header(record, MARK).isEmpty();
  }

  /** What the dead letter that it has to become is called, if it has to become one. */
  static Optional<String> deadLetter(ConsumerRecord<byte[], byte[]> record) {
    if (!Topics.CONSUMED.contains(record.topic())) {
      return Optional.empty();
    }
    return switch (Topics.header(record, MARK)) {
      case GARBAGE ->
          Optional.of(record.topic() + "@" + record.partition() + ":" + record.offset());
      case READABLE -> Optional.of(record.topic() + "#" + Topics.header(record, "ce_id"));
      default -> Optional.empty();
    };
  }

  private static ProducerRecord<byte[], byte[]> marked(
      ProducerRecord<byte[], byte[]> record, String mark) {
    record.headers().add(MARK, mark.getBytes(UTF_8));
    return record;
  }
}
