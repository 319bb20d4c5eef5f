package dev.allsquare.kafka;

import dev.allsquare.outbox.Sender;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
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
  Sender kafkaSender(ProducerFactory<?, ?> configured, MessageCodec codec) {
    var settings = ClientSettings.producer(configured.getConfigurationProperties());
    return new KafkaSender(new DefaultKafkaProducerFactory<>(settings), codec);
  }

  @Bean
  TopicCreation topicCreation(
      KafkaAdmin admin, MessagingProperties settings, ObjectProvider<Topics> declared) {
    var topics = new ArrayList<>(declared.orderedStream().toList());
    topics.add(new Topics(settings.topics(), settings.compactedTopics()));
    return new TopicCreation(admin.getConfigurationProperties(), settings, topics);
  }

  @Bean
  Listeners kafkaListeners(TopicCreation topics, MessagingProperties settings) {
    return new Listeners(topics, List.of(), settings.stopTimeout());
  }
}
