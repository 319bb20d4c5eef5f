package dev.allsquare.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts inventory-service. */
@SpringBootApplication(proxyBeanMethods = false)
public class InventoryService {

  static void main(String[] args) {
    SpringApplication.run(InventoryService.class, args);
  }
}
