package dev.allsquare.payment;

import dev.allsquare.inbox.PartitionedTable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts payment-service. */
@SpringBootApplication(proxyBeanMethods = false)
public class PaymentService {

  /** Runs until it is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(PaymentService.class, args);
  }

  /** What is booked stays booked: no partition of the ledger is ever dropped. */
  @Bean
  PartitionedTable ledgerPartitions() {
    return new PartitionedTable("ledger_entry", 28, null);
  }
}
