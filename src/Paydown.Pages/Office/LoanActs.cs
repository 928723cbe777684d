using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>All acts of managers on a loan.</summary>
internal static class LoanActs
{
    private static readonly ActField Why = new("reason", "Why", ActFieldKind.Text, "For the audit trail.");
    private static readonly ActField From = new("from", "From", ActFieldKind.Day);
    private static readonly ActField Through = new("through", "Through", ActFieldKind.Day);

    private static readonly ActField Interest = new(
        "movedInterest",
        "Unpaid interest",
        ActFieldKind.Choice,
        IsOptional: true,
        Options: [("WithNext", "With the next installment"), ("SplitEvenly", "Split evenly")]
    );

    public static IReadOnlyList<LoanActForm> All { get; } =
    [
        new(
            ActKind.ApplyCharge,
            "charge",
            "Charge a fee or a penalty",
            "It is added to what the customer owes.",
            [
                new("kind", "Kind", ActFieldKind.Choice, Options: [("Fee", "Fee"), ("Penalty", "Penalty")]),
                new("amount", "Amount", ActFieldKind.Amount),
                new("dueDate", "Due on", ActFieldKind.Day, "Today if you leave it empty.", IsOptional: true),
                Why with
                {
                    Hint = "The customer reads it.",
                    IsOptional = true,
                },
            ],
            HasPreview: false,
            async (call, id, _) =>
                Of(
                    (
                        await call.Api.Officers.ApplyChargeAsync(id, Charge(call.Form), call.Form.Key, call.Cancelled)
                    ).AwaitedApproval
                )
        ),
        new(
            ActKind.WaiveDebt,
            "waive",
            "Waive a charge or interest",
            "The customer need not pay it any more.",
            [
                new(
                    "debt",
                    "What",
                    ActFieldKind.Choice,
                    Options: [("Charge", "A fee or penalty"), ("Interest", "Interest")]
                ),
                new("chargeId", "Which fee or penalty", ActFieldKind.Charge, IsOptional: true),
                new("amount", "Amount", ActFieldKind.Amount, "For interest.", IsOptional: true),
                Why,
            ],
            HasPreview: false,
            async (call, id, _) =>
                Of(
                    (
                        await call.Api.Officers.WaiveAsync(id, Waiver(call.Form), call.Form.Key, call.Cancelled)
                    ).AwaitedApproval
                )
        ),
        new(
            ActKind.RescheduleLoan,
            "reschedule",
            "Change the installments to come",
            "New due dates, more installments, a grace period or another rate, from an installment on.",
            [
                new("from", "From the installment due on", ActFieldKind.Day),
                new("newDueDate", "New due date", ActFieldKind.Day, IsOptional: true),
                new("extraInstallments", "More installments", ActFieldKind.Whole, IsOptional: true),
                new("gracePrincipal", "Installments without principal", ActFieldKind.Whole, IsOptional: true),
                new("graceInterest", "Installments without interest", ActFieldKind.Whole, IsOptional: true),
                new("annualRatePercent", "New rate a year, in percent", ActFieldKind.Amount, IsOptional: true),
                Why,
            ],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.RescheduleAsync(
                        id,
                        new()
                        {
                            From = call.Form.Day("from"),
                            NewDueDate = call.Form.DayOrNull("newDueDate"),
                            ExtraInstallments = call.Form.WholeOrNull("extraInstallments"),
                            GracePrincipal = call.Form.WholeOrNull("gracePrincipal"),
                            GraceInterest = call.Form.WholeOrNull("graceInterest"),
                            AnnualRatePercent = call.Form.AmountOrNull("annualRatePercent"),
                            Reason = Reason(call.Form),
                            DryRun = isPreview,
                        },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.ReAgeLoan,
            "re-age",
            "Spread all that is unpaid over new installments",
            "The arrears end; everything unpaid is due in new installments.",
            [
                new("firstDueDate", "First new due date", ActFieldKind.Day),
                new("installments", "New installments", ActFieldKind.Whole),
                new("repayEvery", "Every", ActFieldKind.Whole, "1 for every month or week."),
                new(
                    "repayUnit",
                    "Unit",
                    ActFieldKind.Choice,
                    Options: [("Months", "Months"), ("Weeks", "Weeks"), ("Days", "Days")]
                ),
                Interest,
                Why,
            ],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.ReAgeAsync(
                        id,
                        new()
                        {
                            FirstDueDate = call.Form.Day("firstDueDate"),
                            Installments = call.Form.Whole("installments"),
                            RepayEvery = call.Form.Whole("repayEvery"),
                            RepayUnit = call.Form.Word<DurationUnit>("repayUnit"),
                            MovedInterest = Moved(call.Form),
                            Reason = Reason(call.Form),
                            DryRun = isPreview,
                        },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.ReAmortizeLoan,
            "re-amortize",
            "Spread what is overdue over the installments to come",
            "The due dates stay; the installments to come grow.",
            [Interest, Why],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.ReAmortizeAsync(
                        id,
                        new()
                        {
                            MovedInterest = Moved(call.Form),
                            Reason = Reason(call.Form),
                            DryRun = isPreview,
                        },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.PauseInterest,
            "pause-interest",
            "Pause the interest",
            "No interest is earned from the first to the last of these days.",
            [From, Through, Why],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.PauseInterestAsync(
                        id,
                        new()
                        {
                            From = call.Form.Day("from"),
                            Through = call.Form.Day("through"),
                            Reason = Reason(call.Form),
                            DryRun = isPreview,
                        },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.PauseArrears,
            "pause-arrears",
            "Pause the clock of the days past due",
            "No penalties, and these days do not count as days past due.",
            [From, Through, Why],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.PauseArrearsAsync(
                        id,
                        new()
                        {
                            From = call.Form.Day("from"),
                            Through = call.Form.Day("through"),
                            Reason = Reason(call.Form),
                            DryRun = isPreview,
                        },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.ResumeArrears,
            "resume-arrears",
            "Let the days past due count again",
            "From today on.",
            [Why],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.ResumeArrearsAsync(
                        id,
                        new() { Reason = Reason(call.Form), DryRun = isPreview },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.RefundOverpayment,
            "refund",
            "Refund an overpayment",
            "The money goes to the customer's wallet.",
            [
                new("amount", "Amount", ActFieldKind.Amount, "All of it if you leave it empty.", IsOptional: true),
                Why with
                {
                    IsOptional = true,
                },
            ],
            HasPreview: false,
            async (call, id, _) =>
                Of(
                    (
                        await call.Api.Officers.RefundOverpaymentAsync(
                            id,
                            new()
                            {
                                Amount = call.Form.AmountOrNull("amount"),
                                Reason = call.Form.TextOrNull("reason"),
                            },
                            call.Form.Key,
                            call.Cancelled
                        )
                    ).AwaitedApproval
                )
        ),
        new(
            null,
            "collection",
            "Hand the collection to a third party, or take it back",
            "The customer is asked to pay there. Leave the name empty to take it back.",
            [new("collector", "Name of the collector", ActFieldKind.Text, IsOptional: true)],
            HasPreview: false,
            async (call, id, _) =>
            {
                var collector = call.Form.TextOrNull("collector");
                await call.Api.Officers.SetThirdPartyCollectionAsync(id, collector, call.Form.Key, call.Cancelled);
                return new ActOutcome(false, null);
            }
        ),
        new(
            ActKind.TerminateContract,
            "terminate",
            "Terminate the contract",
            "All principal falls due today.",
            [Why],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.TerminateAsync(
                        id,
                        new() { Reason = Reason(call.Form), DryRun = isPreview },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.AdjustCharge,
            "credit-charge",
            "Give the customer a charge back",
            "The amount of the fee or penalty pays the loan as if the customer had sent it.",
            [
                new("chargeId", "Which fee or penalty", ActFieldKind.Charge),
                new("amount", "Amount", ActFieldKind.Amount, "All of it if you leave it empty.", IsOptional: true),
                Why,
            ],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.AdjustChargeAsync(
                        id,
                        ChosenCharge(call.Form),
                        new()
                        {
                            Amount = call.Form.AmountOrNull("amount"),
                            Reason = Reason(call.Form),
                            DryRun = isPreview,
                        },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.WaiveInterestPayment,
            "credit-interest",
            "Give the customer interest back",
            "The amount pays the loan as if the customer had sent it, and costs the lender interest income.",
            [new("amount", "Amount", ActFieldKind.Amount), Why],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.WaiveInterestAsync(
                        id,
                        new()
                        {
                            Amount = call.Form.Amount("amount"),
                            Reason = Reason(call.Form),
                            DryRun = isPreview,
                        },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.ChargeOffLoan,
            "charge-off",
            "Charge the loan off",
            "It leaves the books as a loss, and the customer owes it still. Later payments are recoveries.",
            [Why],
            HasPreview: true,
            async (call, id, isPreview) =>
                Of(
                    await call.Api.LoanActs.ChargeOffAsync(
                        id,
                        new() { Reason = Reason(call.Form), DryRun = isPreview },
                        KeyOf(call, isPreview),
                        call.Cancelled
                    )
                )
        ),
        new(
            ActKind.UndoDisbursement,
            "undo-disbursement",
            "Take the payout back",
            "The money leaves the wallet again. Possible until anything is paid on the loan.",
            [Why],
            HasPreview: false,
            async (call, id, _) =>
            {
                var reason = Reason(call.Form);
                call.Form.ThrowIfWrong();
                var undone = await call.Api.LoanActs.UndoDisbursementAsync(
                    id,
                    new() { Reason = reason },
                    call.Form.Key,
                    call.Cancelled
                );
                return Of(undone.AwaitedApproval);
            }
        ),
        new(
            ActKind.WriteOffLoan,
            "write-off",
            "Write the loan off",
            "It leaves the books as a loss. Later payments are recoveries.",
            [Why],
            HasPreview: false,
            async (call, id, _) =>
                Of(
                    (
                        await call.Api.Officers.WriteOffLoanAsync(id, Reason(call.Form), call.Form.Key, call.Cancelled)
                    ).AwaitedApproval
                )
        ),
    ];

    /// <summary>The last part of the address of an act; null if it has no page.</summary>
    public static string? SlugOf(ActKind kind) => All.FirstOrDefault(act => act.Kind == kind)?.Slug;

    // A preview is another request than the act.
    private static string? KeyOf(PageCall call, bool isPreview)
    {
        call.Form.ThrowIfWrong();
        return isPreview ? null : call.Form.Key;
    }

    private static ActOutcome Of(AwaitedApproval? awaited) => new(awaited is not null, null);

    private static ActOutcome Of(ChangedLoan changed) =>
        new(changed.AwaitedApproval is not null, changed.IsPreview ? changed : null);

    private static string Reason(PageForm form) => form.Required("reason", "Say why.");

    // Without it there is no address to call.
    private static Guid ChosenCharge(PageForm form)
    {
        var id = form.Chosen("chargeId");
        form.ThrowIfWrong();
        return id;
    }

    private static MovedInterest? Moved(PageForm form) =>
        form.TextOrNull("movedInterest") is null ? null : form.Word<MovedInterest>("movedInterest");

    private static NewCharge Charge(PageForm form)
    {
        var charge = new NewCharge
        {
            Kind = form.Word<ChargeKind>("kind"),
            Amount = form.Amount("amount"),
            DueDate = form.DayOrNull("dueDate"),
            Reason = form.TextOrNull("reason"),
        };
        form.ThrowIfWrong();
        return charge;
    }

    private static NewWaiver Waiver(PageForm form)
    {
        var waiver = new NewWaiver
        {
            Debt = form.Word<WaivedDebt>("debt"),
            ChargeId = form.TextOrNull("chargeId") is null ? null : form.Chosen("chargeId"),
            Amount = form.AmountOrNull("amount"),
            Reason = Reason(form),
        };
        form.ThrowIfWrong();
        return waiver;
    }
}
