using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>
/// Lists the repayments of an officer's organisation, one page at a time. Its filters match what a bank statement or a
/// customer on the phone would say.
/// </summary>
public sealed class ListRepaymentsForOfficers(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    private const string All = "ALL";
    private const string OldestFirst = "OLDEST_FIRST";

    private static readonly Field<LoanApplicationId?> LoanApplicationId = Field
        .Id<LoanApplicationId>("loanApplicationId", "Only repayments of the loan of this application.")
        .Optional();
    private static readonly Field<string?> Status = Field
        .OneOf(
            "status",
            "Only repayments with this status; REJECTED includes reversed ones. Absent: ALL.",
            "PENDING_VERIFICATION",
            "VERIFIED",
            "REJECTED",
            All
        )
        .Optional();
    private static readonly Field<Moment?> StartDate = Field
        .Moment("startDate", "Only repayments recorded on this day or at this time, or later.")
        .Optional();
    private static readonly Field<Moment?> EndDate = Field
        .Moment("endDate", "Only repayments recorded on this day or at this time, or earlier.")
        .Optional();
    private static readonly Field<CustomerId?> CustomerId = Field
        .Id<CustomerId>("customerId", "Only repayments of this customer.")
        .Optional();
    private static readonly Field<LoanId?> AccountId = Field
        .Id<LoanId>("accountId", "Only repayments of this loan account.")
        .Optional();
    private static readonly Field<string?> Reference = Field
        .Text(
            "reference",
            "Only repayments with this reference, even if it is not the loan's own. Case, spaces and signs "
                + "do not matter.",
            1,
            64
        )
        .Cleaned()
        .Optional()
        .WithExample("RF64 DEMO 0001 01");
    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "Only repayments reported with this amount.")
        .Optional();
    private static readonly Field<string?> BankAccountNumber = Field
        .Text("bankAccountNumber", "Only repayments whose report names a bank account with this number.", 1, 34)
        .Optional()
        .WithExample("0123456785");
    private static readonly Field<string?> Search = Field
        .Text("search", "Only repayments of customers whose name, e-mail or phone number contains this text.", 1, 100)
        .Optional()
        .WithExample("ada");
    private static readonly Field<string?> Order = Field
        .OneOf("order", "The order, by time of recording. Absent: NEWEST_FIRST.", "NEWEST_FIRST", OldestFirst)
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the repayments of the organisation, or find some of them")
            .Takes([
                LoanApplicationId,
                Status,
                StartDate,
                EndDate,
                CustomerId,
                AccountId,
                Reference,
                Amount,
                BankAccountNumber,
                Search,
                Order,
                .. Paging.Fields,
            ])
            .ReturnsPage<OfficerRepayment>(PageKeyPart.Instant, PageKeyPart.Id)
            .Refuses(Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var filter = await FilterOfAsync(connection, call, organisation);
        if (filter.IsRefused)
            return Answer.Refused(filter.Refusal);
        var page = await OfficerRepaymentStore.ListAsync(
            connection,
            filter.Value,
            call.Paging,
            organisation.Today(time),
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.CreationDate, one.Id), page.Counted);
    }

    private static async Task<Result<OfficerRepaymentFilter>> FilterOfAsync(
        NpgsqlConnection connection,
        Call call,
        Organisation organisation
    )
    {
        var query = call.Query;
        Money? amount = null;
        if (query.Get(Amount) is { } major)
        {
            if (!Money.TryFromMajor(major, organisation.Currency, out var money) || !money.IsPositive)
            {
                return Refusals.ValidationFailed(
                    new FieldError(
                        Amount.Name,
                        $"must be an amount of {organisation.Currency.Code}: more than 0, with at most "
                            + $"{organisation.Currency.FractionDigits} fraction digits."
                    )
                );
            }

            amount = money;
        }

        FoundPayers? payers = null;
        if (SearchOf(query, organisation.Id) is { IsEmpty: false } search)
        {
            var found = await PayerStore.FindAsync(connection, search, call.Cancellation);
            if (found.IsRefused)
                return found.Refusal;
            payers = found.Value;
        }

        var status = query.Get(Status);
        var period = organisation.PeriodOf(query, StartDate, EndDate);
        if (period.IsRefused)
            return period.Refusal;
        return new OfficerRepaymentFilter
        {
            OrganisationId = organisation.Id,
            Status = status is null or All ? null : Words.Read<RepaymentStatus>(status),
            From = period.Value.From,
            Before = period.Value.Before,
            Amount = amount,
            IsOldestFirst = query.Get(Order) == OldestFirst,
            Payers = payers,
        };
    }

    private static PayerSearch SearchOf(FieldValues query, OrganisationId organisationId) =>
        new()
        {
            OrganisationId = organisationId,
            CustomerId = query.Get(CustomerId),
            AccountId = query.Get(AccountId),
            LoanApplicationId = query.Get(LoanApplicationId),
            BankAccountNumber = query.Get(BankAccountNumber),
            Reference = query.Get(Reference),
            Text = query.Get(Search),
        };
}
