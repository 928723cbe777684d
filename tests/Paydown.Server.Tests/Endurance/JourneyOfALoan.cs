using Paydown.Client;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>The journey from the disbursement to the end of the loan.</summary>
internal sealed partial class Journey
{
    private const int HappeningsMax = 6;

    private async Task<string> LiveAsync()
    {
        for (var happenings = random.Next(HappeningsMax); happenings > 0; happenings--)
        {
            if (await StateAsync() != AccountState.Active)
                break;
            await HappenAsync();
        }

        if (await StateAsync() != AccountState.Active)
            return "repaid";
        return random.Next(20) switch
        {
            < 7 => await PayOffFromWalletAsync(),
            < 12 => await PayOffByTransferAsync(),
            < 15 => await OverpayAsync(),
            < 18 => await WriteOffAsync(),
            _ => "left running",
        };
    }

    private Task HappenAsync() =>
        random.Next(10) switch
        {
            < 4 => WithdrawAsync(),
            < 8 => RepayAsync(),
            8 => ChargeAsync(),
            _ => WaiveInterestAsync(),
        };

    private async Task WithdrawAsync()
    {
        var balance = (await customer.Wallet.GetAsync(customerId)).Balance;
        // More than the balance, unless another journey of the same customer fills the wallet first.
        var amount = Chance(10) ? balance + 1 : decimal.Round(balance * random.Next(1, 50) / 100, 2);
        if (amount <= 0)
            return;
        var (account, end) = random.Next(10) switch
        {
            0 => (traveller.Endless, "PROCESSING"),
            1 or 2 => (traveller.Closed, "FAILED"),
            _ => (traveller.Good, "COMPLETED"),
        };
        var order = new TransferOrder
        {
            CustomerId = customerId,
            Amount = amount,
            BankAccountId = account.Id,
            AccountNumber = account.Number,
            BankCode = "058",
            AccountName = "EXAMPLE ADA",
        };
        var sent = await TryAsync(
            WriteAsync((key, token) => customer.Wallet.TransferAsync(order, key, token)),
            "INSUFFICIENT_FUNDS"
        );
        if (sent is null)
            return;
        books.Send(customerId, sent.TransferId, sent.Amount, end);
        (await customer.Wallet.GetTransferAsync(sent.TransactionReference)).Amount.ShouldBe(amount);
    }

    private async Task RepayAsync()
    {
        var id = await ReportAsync(random.Next(5, 101));
        switch (random.Next(8))
        {
            case 0:
                await WriteAsync(
                    (key, token) =>
                        cashier.Officers.RejectRepaymentAsync(id, "No such transfer has arrived.", key, token)
                );
                books.Confirm("REJECTED", id);
                break;
            case 1:
                await VerifyAsync(id);
                await ReverseAsync(id);
                break;
            case 2:
                await OnlyOneAsync(key => cashier.Officers.VerifyRepaymentAsync(id, key), "ALREADY_DECIDED");
                books.Confirm("VERIFIED", id);
                break;
            case 3:
                var verify = TryAsync(cashier.Officers.VerifyRepaymentAsync(id), "ALREADY_DECIDED");
                var reject = TryAsync(manager.Officers.RejectRepaymentAsync(id, "Not seen."), "ALREADY_DECIDED");
                (await verify is null).ShouldBe(await reject is not null);
                books.Confirm(await verify is null ? "REJECTED" : "VERIFIED", id);
                break;
            default:
                await VerifyAsync(id);
                break;
        }
    }

    // A share of the total payable, at least one minor unit.
    private async Task<Guid> ReportAsync(int percent)
    {
        var instructions = await customer.Repayments.GetInstructionsAsync(applicationId);
        var report = new RepaymentReport
        {
            RepaymentAmount = Math.Max(0.01m, decimal.Round(instructions.TotalPayable * percent / 100, 2)),
            CustomerId = customerId,
            AccountId = accountId,
            BankAccountId = traveller.Good.Id,
            RepaymentReference = instructions.PaymentReference,
        };
        var told = await WriteAsync((key, token) => customer.Repayments.ReportAsync(report, key, token));
        books.Confirm("REPAYMENT", told.Id, told.RepaymentAmount);
        return told.Id;
    }

    private async Task<DecidedRepayment> VerifyAsync(Guid id)
    {
        var told = await WriteAsync((key, token) => cashier.Officers.VerifyRepaymentAsync(id, key, token));
        books.Confirm("VERIFIED", id);
        return told;
    }

    private async Task ReverseAsync(Guid id)
    {
        await WriteAsync(
            (key, token) => manager.Officers.ReverseRepaymentAsync(id, "The bank returned the transfer.", key, token)
        );
        books.Confirm("REVERSED", id);
    }

    private async Task<AppliedCharge> ApplyChargeAsync()
    {
        var charge = new NewCharge
        {
            Kind = Chance(50) ? ChargeKind.Fee : ChargeKind.Penalty,
            Amount = Amount(1, 40),
            DueDate = stage.Today,
            Reason = "Returned direct debit",
        };
        var told = await WriteAsync((key, token) => manager.Officers.ApplyChargeAsync(accountId, charge, key, token));
        books.Confirm("CHARGE", told.Id!.Value, told.Amount);
        return told;
    }

    private async Task ChargeAsync()
    {
        var charge = await ApplyChargeAsync();
        if (Chance(50))
            await WaiveAsync(charge, Chance(50) ? 0.50m : null);
    }

    private async Task WaiveAsync(AppliedCharge charge, decimal? amount)
    {
        var waiver = new NewWaiver
        {
            Debt = WaivedDebt.Charge,
            ChargeId = charge.Id,
            Amount = amount,
            Reason = "The bank was closed.",
        };
        var told = await WriteAsync((key, token) => manager.Officers.WaiveAsync(accountId, waiver, key, token));
        books.Confirm("WAIVER", told.Id!.Value, told.WaivedAmount);
    }

    private async Task WaiveInterestAsync()
    {
        var waiver = new NewWaiver
        {
            Debt = WaivedDebt.Interest,
            Amount = 0.10m,
            Reason = "A good customer.",
        };
        var told = await TryAsync(
            WriteAsync((key, token) => manager.Officers.WaiveAsync(accountId, waiver, key, token)),
            "WAIVER_NOT_AVAILABLE",
            "NOTHING_TO_WAIVE",
            "VALIDATION_ERROR"
        );
        if (told is not null)
            books.Confirm("WAIVER", told.Id!.Value, told.WaivedAmount);
    }

    private async Task<string> PayOffFromWalletAsync()
    {
        var wish = new PayoffRequest { LoanApplicationId = applicationId, PaymentMethod = RepaymentMethod.Wallet };
        var answers = Chance(30) ? await Task.WhenAll(PayOffAsync(wish), PayOffAsync(wish)) : [await PayOffAsync(wish)];
        var paid = answers.Where(answer => answer is not null).ToList();
        paid.Count.ShouldBeLessThan(2, "a loan is paid off once");
        if (paid.Count == 0)
            return await PayOffByTransferAsync();
        var payoff = paid[0]!;
        books.Confirm("REPAYMENT", payoff.RepaymentId, payoff.PayoffAmount);
        books.Confirm("VERIFIED", payoff.RepaymentId);
        books.Move(customerId, -payoff.PayoffAmount);
        await ShouldBeClosedAsync();
        if (!Chance(20))
            return "paid off from the wallet";
        await ReverseAsync(payoff.RepaymentId);
        books.Move(customerId, payoff.PayoffAmount);
        (await StateAsync()).ShouldBe(AccountState.Active);
        return await PayOffByTransferAsync();
    }

    private Task<PayoffAnswer?> PayOffAsync(PayoffRequest wish) =>
        TryAsync(
            WriteAsync((key, token) => customer.Repayments.PayOffAsync(wish, key, token)),
            "INSUFFICIENT_FUNDS",
            "LOAN_CLOSED"
        );

    private async Task<string> PayOffByTransferAsync()
    {
        var quote = await customer.Repayments.GetPayoffQuoteAsync(applicationId);
        var wish = new PayoffRequest
        {
            LoanApplicationId = applicationId,
            PaymentMethod = RepaymentMethod.BankTransfer,
        };
        var told = await WriteAsync((key, token) => customer.Repayments.PayOffAsync(wish, key, token));
        told.PayoffAmount.ShouldBe(quote.PayoffAmount);
        books.Confirm("REPAYMENT", told.RepaymentId, told.PayoffAmount);
        await VerifyAsync(told.RepaymentId);
        await ShouldBeClosedAsync();
        return "paid off by transfer";
    }

    // A charge is waived after the report, so the report exceeds the debt and the rest is refunded to the wallet.
    private async Task<string> OverpayAsync()
    {
        var charge = await ApplyChargeAsync();
        var id = await ReportAsync(100);
        await WaiveAsync(charge, amount: null);
        var decided = await VerifyAsync(id);
        decided.Overpaid.ShouldBe(charge.Amount);
        var all = new OverpaymentRefund { Reason = "Paid too much" };
        var refund = await OnlyOneAsync(
            key => manager.Officers.RefundOverpaymentAsync(accountId, all, key),
            "NOTHING_OVERPAID"
        );
        books.Confirm("CREDIT_BALANCE_REFUND", refund.Id!.Value, refund.RefundedAmount);
        books.Move(customerId, refund.RefundedAmount);
        await ShouldBeClosedAsync();
        return "overpaid and refunded";
    }

    private async Task<string> WriteOffAsync()
    {
        var told = await WriteAsync(
            (key, token) => manager.Officers.WriteOffLoanAsync(accountId, "The customer is insolvent.", key, token)
        );
        told.IsWrittenOff.ShouldBeTrue();
        books.Confirm("WRITE_OFF", accountId);
        if (Chance(30))
            return "written off";
        await VerifyAsync(await ReportAsync(random.Next(5, 60)));
        if (Chance(50))
            return "written off, recovered in part";
        await VerifyAsync(await ReportAsync(100));
        await ShouldBeClosedAsync();
        return "written off, recovered";
    }

    private async Task ShouldBeClosedAsync()
    {
        (await StateAsync()).ShouldBe(AccountState.Closed);
        (await StatusAsync()).ShouldBe(ApplicationStatus.PaidOff);
    }

    private async Task<AccountState?> StateAsync() => (await customer.Loans.GetAsync(applicationId)).AccountState;
}
