package dev.allsquare.order.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client sends to place an order. It sets no price. */
record OrderRequest(
    @NotNull @Pattern(regexp = OrderRequest.CUSTOMER, message = OrderRequest.CUSTOMER_IN_WORDS)
        String customerId,
    @NotEmpty @Size(max = 100) List<@NotNull @Valid LineRequest> lines,
    @NotNull @Valid PaymentRequest payment) {

  static final String CUSTOMER = "[A-Za-z0-9][A-Za-z0-9._@:+-]{0,99}";
  static final String CUSTOMER_IN_WORDS =
      "has 1 to 100 letters, digits or ._@:+- and begins with a letter or digit";
  static final String SKU = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  static final String SKU_IN_WORDS =
      "has 1 to 64 letters, digits, dots, hyphens or underscores and begins with a letter or digit";

  /** So many pieces of one product. */
  record LineRequest(
      @NotNull @Pattern(regexp = SKU, message = SKU_IN_WORDS) String sku,
      @Min(1) @Max(10_000) int quantity) {}

  /** How the order is paid. */
  record PaymentRequest(
      @NotNull @Size(max = 32) String method, @Nullable @Size(max = 255) String token) {}
}
