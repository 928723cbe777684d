using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Applications;

/// <summary>Lists all loans of a customer, and all applications without a loan, newest first.</summary>
public sealed class GetLoanHistory(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List all loans and applications of a customer, newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<LoanView>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    private const string OfLoans =
        "select l.id, true as is_loan from loan_account l where l.customer_id = $1 and l.state <> 'PENDING_DISBURSEMENT'";

    // A subquery, because with a join the planner reads all loans of the customer.
    private const string OfApplications = """
        select l.id, false from loan_application l
        where l.customer_id = $1 and l.organisation_id = $2
          and (select a.id from loan_account a where a.customer_id = l.customer_id and a.loan_application_id = l.id
                 and a.state <> 'PENDING_DISBURSEMENT')
              is null
        """;

    private const string Behind = "and ($3::uuid is null or l.id < $3) order by l.id desc limit $4::int + $5::int";

    private static readonly PageQuery Page = new(
        $"from ({OfLoans} union all {OfApplications}) h",
        $"""
        select h.id, h.is_loan from (({OfLoans} {Behind}) union all ({OfApplications} {Behind})) h
        order by h.id desc limit $4 offset $5
        """
    );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await CustomerReading.AnswerAsync(
            database,
            call,
            call.Path(ApplicationRoutes.CustomerId),
            async (connection, customer) =>
            {
                var page = await Page.ReadAsync(
                    connection,
                    call.Paging,
                    [Sql.Value(customer.Id), Sql.Value(organisation.Id)],
                    reader => (Id: reader.Id<ShownLoanId>("id"), IsLoan: reader.Boolean("is_loan")),
                    call.Cancellation
                );
                var views = await ReadViewsAsync(connection, customer, organisation, page.Records, call.Cancellation);
                return call.Paging.Answer(page.Records, one => new(one.Id), one => views[one.Id], page.Counted);
            }
        );
    }

    // Reads and replays only what the page shows.
    private async Task<Dictionary<ShownLoanId, LoanView>> ReadViewsAsync(
        NpgsqlConnection connection,
        Customer customer,
        Organisation organisation,
        IReadOnlyList<(ShownLoanId Id, bool IsLoan)> records,
        CancellationToken cancellation
    )
    {
        var (now, today) = (time.GetUtcNow(), organisation.Today(time));
        LoanView Show(StoredLoan stored) => LoanView.Of(stored, stored.Replay(today), customer, organisation);
        var loans = await LoanStore.ListAsync(
            connection,
            customer.Id,
            [.. records.Where(one => one.IsLoan).Select(one => one.Id.AsLoan)],
            cancellation
        );
        var views = loans.ToDictionary(stored => ShownLoanId.Of(stored.Id), Show);
        var applications = await ApplicationStore.ListAsync(
            connection,
            customer.Id,
            [.. records.Where(one => !one.IsLoan).Select(one => one.Id.AsApplication)],
            cancellation
        );
        foreach (var stored in applications)
        {
            // An application that became a loan after the page was read is shown as that loan.
            var loan = stored.LoanId is { } loanId
                ? await LoanStore.FindAsync(connection, customer.Id, loanId, forUpdate: false, cancellation)
                : null;
            views.Add(ShownLoanId.Of(stored.Id), loan is null ? ApplicationAsLoan.Of(stored, now) : Show(loan));
        }

        return views;
    }
}

/// <summary>Shows an application without a loan in the list of loans: nothing is owed.</summary>
internal static class ApplicationAsLoan
{
    public static LoanView Of(StoredApplication stored, DateTimeOffset now)
    {
        var (zero, product) = (stored.Money(0), stored.Product);
        var duration = stored.Approved?.Duration ?? stored.Duration;
        return new LoanView
        {
            LoanApplicationId = stored.Id,
            CustomerId = stored.CustomerId,
            CustomerName = stored.CustomerName,
            CustomerEmail = stored.Email,
            LoanProductName = product.Name,
            LoanApplicationStatus = ApplicationStates.Word(stored.StatusAt(now)),
            AccountState = null,
            LoanAmount = stored.Approved?.Amount ?? stored.Requested,
            InterestRate = stored.Approved?.AnnualRatePercent ?? product.AnnualRatePercent,
            TotalRepaymentAmount =
                stored.Accepted?.Total ?? stored.Offer?.TotalRepayment ?? Money.Zero(stored.Currency),
            TotalBalance = zero,
            PrincipalBalance = zero,
            InterestBalance = zero,
            FeesBalance = zero,
            PenaltyBalance = zero,
            TotalAmountPaid = zero,
            PrincipalPaid = zero,
            InterestPaid = zero,
            FeesPaid = zero,
            PenaltyPaid = zero,
            ApplicationDate = stored.RequestedOn,
            DisbursementDate = null,
            FirstInstallmentDate = null,
            MaturityDate = null,
            NextPaymentDueDate = null,
            TotalInstallments = duration,
            InstallmentsPaid = 0,
            InstallmentsRemaining = duration,
            LoanDuration = duration * product.RepayEvery,
            DurationCounter = product.DurationUnit,
            LoanRepaymentMethod = Words.Write(stored.RepaymentMethod),
            IsThirdPartyPayment = false,
            RepaymentBankName = null,
            RepaymentAccountNumber = null,
            RepaymentAccountName = null,
            LoanFullyRepaid = false,
            CurrencyCode = stored.Currency.Code,
            AccountId = null,
            OverpaidAmount = zero,
            RecoverableAmount = zero,
            ChargedOffOn = null,
        };
    }
}
