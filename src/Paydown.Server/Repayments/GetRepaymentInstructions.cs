using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>Shows how to repay a loan: how much, by when, to which account and with which reference.</summary>
public sealed class GetRepaymentInstructions(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show how to repay a loan: amount, account and reference")
            .Returns<InstructionsView>()
            .Refuses(
                Refusals.NotFound("loan application"),
                Refusals.LoanNotDisbursed("APPROVED"),
                Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await ShownLoan.FindAsync(connection, call, time.GetUtcNow());
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var stored = found.Value;
        var today = organisation.Today(time);
        if (PayableRules.IsSettled(stored.Replay(today).Status))
            return Answer.Refused(Refusals.LoanClosed());
        // Money sent to the lender would bypass the collector.
        if (stored.Collector is not null)
            return Answer.Refused(Refusals.ManualRepaymentNotAllowed());
        return Answer.Success(InstructionsView.Of(stored, organisation, today));
    }
}

/// <summary>Repayment instructions, in the field order of the contract.</summary>
public sealed record InstructionsView
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The ways to pay.</summary>
    public required IReadOnlyList<OfferedPaymentMethod> PaymentMethods { get; init; }

    /// <summary>The lender's account that receives repayments.</summary>
    public required BankAccountDetails BankAccountDetails { get; init; }

    /// <summary>
    /// The reference to write on the transfer: an ISO 11649 creditor reference in its electronic form.
    /// </summary>
    public required string PaymentReference { get; init; }

    /// <summary>The same reference in groups of four characters, for people to read.</summary>
    public required string PaymentReferencePrinted { get; init; }

    /// <summary>The steps to take, in order.</summary>
    public required IReadOnlyList<InstructionStep> Instructions { get; init; }

    /// <summary>How to reach the lender with questions.</summary>
    public required ContactInformation ContactInformation { get; init; }

    /// <summary>Everything that is due by today; if nothing is, the next installment.</summary>
    public required Money AmountDue { get; init; }

    /// <summary>
    /// The earliest due date of the installments in amountDue. It may have passed; null if nothing is outstanding.
    /// </summary>
    public required DateOnly? DueDate { get; init; }

    /// <summary>The amount outstanding on installments whose due date has passed; 0 if there are none.</summary>
    public required Money OverdueAmount { get; init; }

    /// <summary>The earliest due date of the installments in overdueAmount; null if there are none.</summary>
    public required DateOnly? OverdueSince { get; init; }

    /// <summary>The amount outstanding on the installment of nextDueDate; 0 if there is none.</summary>
    public required Money NextInstallmentAmount { get; init; }

    /// <summary>The earliest due date, today or later, with something outstanding; null if there is none.</summary>
    public required DateOnly? NextDueDate { get; init; }

    /// <summary>
    /// The sum of the repayments that the customer has reported and that await verification. The other amounts still
    /// contain it, except totalPayable.
    /// </summary>
    public required Money AmountReported { get; init; }

    /// <summary>The largest repayment that can be reported on this loan now.</summary>
    public required Money TotalPayable { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    public static InstructionsView Of(StoredLoan stored, Organisation organisation, DateOnly today)
    {
        var loan = stored.Replay(today);
        var due = Lending.Repayments.AmountDue.Of(loan);
        var (collection, contact) = (organisation.Collection, organisation.Contact);
        var printed = Print(stored.Reference);
        return new InstructionsView
        {
            LoanApplicationId = stored.ApplicationId,
            PaymentMethods = [OfferedPaymentMethod.BankTransfer],
            BankAccountDetails = new(
                collection.AccountNumber,
                collection.AccountName,
                collection.BankCode,
                collection.BankName
            ),
            PaymentReference = stored.Reference,
            PaymentReferencePrinted = printed,
            Instructions = StepsFor(
                collection.AccountName,
                collection.AccountNumber,
                collection.BankName,
                printed,
                canBeReported: stored.ApplicationId is not null
            ),
            ContactInformation = new(contact.Email, contact.Phone, contact.Hours),
            AmountDue = due.Amount,
            DueDate = due.DueOn,
            OverdueAmount = due.Overdue,
            OverdueSince = due.OverdueSince,
            NextInstallmentAmount = due.Next,
            NextDueDate = due.NextDueOn,
            AmountReported = stored.Pending,
            TotalPayable = stored.TotalPayable(loan),
            CurrencyCode = stored.Currency.Code,
        };
    }

    private static string Print(string reference) =>
        CreditorReference.TryParse(reference, out var parsed) ? parsed.ToPrintString() : reference;

    private static IReadOnlyList<InstructionStep> StepsFor(
        string holder,
        string number,
        string bank,
        string reference,
        bool canBeReported = true
    ) =>
        [
            new(1, $"Transfer the amount to {holder}, account {number} at {bank}, from your own bank account."),
            new(2, $"Write only the reference {reference} on the transfer, so we can match it at once."),
            new(
                3,
                canBeReported
                    ? "Report the repayment here with its amount, date and reference."
                    : "Keep the receipt. Repayments of this loan cannot be reported; we record yours when it arrives."
            ),
            new(4, "Once we see the money on our account, it counts from the day you paid."),
        ];
}

/// <summary>A way to pay.</summary>
/// <param name="Method">The method's code, such as <c>BANK_TRANSFER</c>.</param>
/// <param name="Name">The method's name, for display.</param>
/// <param name="Description">How to pay with this method, in one sentence.</param>
public sealed record OfferedPaymentMethod(string Method, string Name, string Description)
{
    public static OfferedPaymentMethod BankTransfer { get; } =
        new(
            Words.Write(PaymentMethod.BankTransfer),
            "Bank transfer",
            "Transfer from your bank to the account below, with the payment reference."
        );
}

/// <summary>The account that receives repayments.</summary>
/// <param name="AccountNumber">The account number.</param>
/// <param name="AccountName">The name of the account holder.</param>
/// <param name="BankCode">The bank's code.</param>
/// <param name="BankName">The bank's name.</param>
public sealed record BankAccountDetails(string AccountNumber, string AccountName, string BankCode, string BankName);

/// <summary>One step of the instructions.</summary>
/// <param name="Step">The step's number, counted from 1.</param>
/// <param name="Text">What to do.</param>
public sealed record InstructionStep(int Step, string Text);

/// <summary>How to reach the lender.</summary>
/// <param name="Email">The e-mail address for questions.</param>
/// <param name="Phone">The phone number for questions.</param>
/// <param name="Hours">When the phone is answered, in words.</param>
public sealed record ContactInformation(string Email, string Phone, string Hours);
