package dev.allsquare.autoconfigure;

import dev.allsquare.saga.Saga;
import dev.allsquare.saga.SagaConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;

/** Wires the saga engine into a service that defines a saga; others get none of its tables. */
@AutoConfiguration(after = InboxAutoConfiguration.class)
@ConditionalOnBean(Saga.class)
@Import(SagaConfiguration.class)
class SagaAutoConfiguration {}
