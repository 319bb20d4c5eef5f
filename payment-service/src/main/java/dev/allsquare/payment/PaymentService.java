package dev.allsquare.payment;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts payment-service. */
@SpringBootApplication(proxyBeanMethods = false)
public class PaymentService {

  /** Runs until it is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(PaymentService.class, args);
  }
}
