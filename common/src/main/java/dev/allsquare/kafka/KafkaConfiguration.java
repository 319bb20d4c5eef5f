package dev.allsquare.kafka;

import dev.allsquare.inbox.BatchProcessor;
import dev.allsquare.inbox.CurrentState;
import dev.allsquare.inbox.DeadLetters;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.outbox.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.core.ProducerFactory;

/** The beans that speak to Kafka, on top of what {@code spring.kafka} configures. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MessagingProperties.class)
public class KafkaConfiguration {

  @Bean
  MessageCodec messageCodec() {
    return new MessageCodec();
  }

  @Bean
  Sender kafkaSender(
      ProducerFactory<?, ?> configured, MessageCodec codec, ObjectProvider<MeterRegistry> meters) {
    var producers =
        new DefaultKafkaProducerFactory<byte[], byte[]>(
            ClientSettings.producer(configured.getConfigurationProperties()));
    meters.ifUnique(registry -> producers.addListener(new MicrometerProducerListener<>(registry)));
    return new KafkaSender(producers, codec);
  }

  @Bean
  TopicCreation topicCreation(
      KafkaAdmin admin,
      MessagingProperties settings,
      ObjectProvider<Topics> declared,
      ObjectProvider<MessageHandler> handlers) {
    var topics = new ArrayList<>(declared.orderedStream().toList());
    handlers.orderedStream().map(MessageHandler::topic).map(Topics::new).forEach(topics::add);
    topics.add(new Topics(settings.topics(), settings.compactedTopics()));
    return new TopicCreation(admin.getConfigurationProperties(), settings, topics);
  }

  @Bean
  CurrentState compactedTopics(MessagingProperties settings, ObjectProvider<Topics> declared) {
    var tables = declared.stream().map(Topics::tables).flatMap(List::stream);
    return new CurrentState(
        Stream.concat(tables, settings.compactedTopics().stream()).collect(Collectors.toSet()));
  }

  @Bean
  Listeners kafkaListeners(
      TopicCreation topics,
      MessagingProperties settings,
      ListenerContainers containers,
      ObjectProvider<MessageHandler> handlers) {
    return new Listeners(
        topics,
        settings.listen()
            ? handlers.orderedStream().map(containers::container).toList()
            : List.of(),
        settings.stopTimeout());
  }

  @Bean
  ListenerContainers listenerContainers(
      ConsumerFactory<?, ?> configured,
      MessagingProperties settings,
      MessageCodec codec,
      ObjectProvider<BatchProcessor> processor,
      ObjectProvider<DeadLetters> deadLetters,
      ObjectProvider<MeterRegistry> meters,
      @Value("${spring.application.name:application}") String group) {
    var consumers =
        new DefaultKafkaConsumerFactory<byte[], byte[]>(
            ClientSettings.consumer(configured.getConfigurationProperties(), settings.maxBatch()));
    meters.ifUnique(registry -> consumers.addListener(new MicrometerConsumerListener<>(registry)));
    return new ListenerContainers(
        consumers,
        settings,
        group,
        handler ->
            new MessageListener(handler, codec, processor.getObject(), deadLetters.getObject()));
  }
}
