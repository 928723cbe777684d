using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists the loans of an officer's organisation, one page at a time. A search matches what a customer on the phone or a
/// bank statement would say. All filters combine.
/// </summary>
public sealed class ListLoans(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    private const int OverdueDaysMax = 36_500;
    private const string EarliestDueFirst = "EARLIEST_DUE_FIRST";

    private static readonly Field<string?> Search = Field
        .Text(
            "search",
            "Only loans with this payment reference or this id of account, application or customer, or of customers "
                + "whose name, e-mail or phone number contains this text.",
            1,
            100
        )
        .Optional()
        .WithExample("ada");
    private static readonly Field<LoanStatus?> State = Field
        .OneOf(
            "state",
            "Only loans in this state; ACTIVE includes loans in arrears.",
            LoanStatus.PendingDisbursement,
            LoanStatus.Active,
            LoanStatus.Overpaid,
            LoanStatus.Closed,
            LoanStatus.WrittenOff
        )
        .Optional();
    private static readonly Field<int?> OverdueDays = Field
        .Integer(
            "overdueDays",
            "Only loans whose earliest unpaid installment fell due at least this many days ago.",
            1,
            OverdueDaysMax
        )
        .Optional()
        .WithExample(30);
    private static readonly Field<string?> Product = Field
        .Text("product", "Only loans of the product with this name.", 1, 100)
        .Optional()
        .WithExample("Salary Loan");
    private static readonly Field<string?> Order = Field
        .OneOf(
            "order",
            "NEWEST_FIRST (default), or EARLIEST_DUE_FIRST: by the due date of the earliest unpaid installment, only "
                + "loans that have one.",
            "NEWEST_FIRST",
            EarliestDueFirst
        )
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the loans of the organisation, or find some of them")
            .Takes([Search, State, OverdueDays, Product, Order, .. Paging.Fields])
            .ReturnsPage<ListedLoan>(PageKeyPart.Date, PageKeyPart.Id)
            .Refuses(Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        FoundBorrowers? borrowers = null;
        if (call.Query.Get(Search) is { } text)
        {
            var found = await LoanListStore.FindAsync(connection, organisation.Id, text, call.Cancellation);
            if (found.IsRefused)
                return Answer.Refused(found.Refusal);
            borrowers = found.Value;
        }

        var filter = new LoanFilter
        {
            OrganisationId = organisation.Id,
            State = call.Query.Get(State),
            Product = call.Query.Get(Product),
            DueBy = call.Query.Get(OverdueDays) is { } days ? today.AddDays(-days) : null,
            Borrowers = borrowers,
            IsEarliestDueFirst = call.Query.Get(Order) == EarliestDueFirst,
        };
        var page = await LoanListStore.ListAsync(connection, filter, call.Paging, call.Cancellation);
        return call.Paging.Answer(
            page.Records,
            one => new(one.DueOn ?? DateOnly.MaxValue, one.Loan.Id),
            one => ListedLoan.Of(one, today),
            page.Counted
        );
    }
}

/// <summary>A loan in the officers' list.</summary>
public sealed record ListedLoan
{
    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The customer's phone number with the dialing code; null if unknown.</summary>
    public required string? Phone { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The reference that transfers for this loan carry.</summary>
    public required string PaymentReference { get; init; }

    /// <summary>The loan account's state today.</summary>
    public required LoanStatus AccountState { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The agreed principal.</summary>
    public required Money LoanAmount { get; init; }

    /// <summary>Everything outstanding today: principal, interest, fees and penalties.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>The amount outstanding on installments whose due date has passed; 0 if there are none.</summary>
    public required Money OverdueAmount { get; init; }

    /// <summary>Days since the due date of the earliest unpaid installment; 0 if it has not passed.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>
    /// The due date of the earliest installment with something outstanding. It may have passed; null if nothing is
    /// outstanding.
    /// </summary>
    public required DateOnly? NextPaymentDueDate { get; init; }

    /// <summary>The sum of the loan's repayments that await verification.</summary>
    public required Money AmountReported { get; init; }

    /// <summary>The day of the first disbursement; null if there was none yet.</summary>
    public required DateOnly? DisbursementDate { get; init; }

    /// <summary>True while a third party collects the loan.</summary>
    public required bool IsThirdPartyPayment { get; init; }

    internal static ListedLoan Of(LoanListRow row, DateOnly today)
    {
        var stored = row.Loan;
        var loan = stored.Replay(today);
        var due = AmountDue.Of(loan);
        return new ListedLoan
        {
            AccountId = stored.Id,
            LoanApplicationId = stored.ApplicationId,
            CustomerId = stored.CustomerId,
            CustomerName = row.CustomerName,
            Email = row.Email,
            Phone = row.Phone,
            LoanProductName = stored.ProductName,
            PaymentReference = stored.Reference,
            AccountState = loan.Status,
            CurrencyCode = stored.Currency.Code,
            LoanAmount = loan.Terms.Principal,
            TotalBalance = stored.Money(PayableRules.Owed(loan).Total),
            OverdueAmount = due.Overdue,
            DaysOverdue = due.OverdueSince is { } since ? today.DayNumber - since.DayNumber : 0,
            NextPaymentDueDate = due.DueOn,
            AmountReported = stored.Pending,
            DisbursementDate = stored.DisbursedOn,
            IsThirdPartyPayment = stored.Collector is not null,
        };
    }
}
