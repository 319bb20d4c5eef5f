package dev.allsquare.payment.commands;

import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.participant.Participant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The participant's table. */
@Configuration(proxyBeanMethods = false)
class PaymentCommands {

  @Bean
  Participant<Till> paymentParticipant(Tills tills) {
    return Participant.of(Payment.COMMANDS)
        .loading(tills::load)
        .on(AuthorizePayment.TYPE, AuthorizePayment.class, Till::authorize)
        .on(CapturePayment.TYPE, CapturePayment.class, Till::capture)
        .on(VoidPayment.TYPE, VoidPayment.class, Till::release)
        .on(RefundPayment.TYPE, RefundPayment.class, Till::refund)
        .saving(tills::save);
  }
}
