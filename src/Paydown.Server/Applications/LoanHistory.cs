using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>
/// Lists all loans of a customer, and the applications that are or became none, whatever became of them, newest first.
/// </summary>
public sealed class LoanHistory(NpgsqlDataSource database, CustomerLoansReading reading, TimeProvider time)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        // Applications first: one that becomes a loan in between is then seen as its loan.
        var applications = await ListApplicationsAsync(call);
        var read = await reading.ReadAsync(call, call.PathId("customerId"));
        if (read.IsRefused) return Answer.Refused(read.Refusal);
        var (customer, organisation, today, files) = read.Value;
        var now = time.GetUtcNow();
        var became = files.Select(file => file.ApplicationId).ToHashSet();
        var all = files.Select(file => (file.Id, Show: new Func<LoanView>(
                () => LoanView.Of(file, file.Replay(today), customer, organisation))))
            .Concat(applications
                .Where(file => !became.Contains(file.Id) && file.OrganisationId == organisation.Id)
                .Select(file => (file.Id, Show: new Func<LoanView>(() => ApplicationAsLoan.Of(file, now)))))
            .OrderByDescending(one => one.Id)
            .ToList();
        var paging = Paging.Of(call);
        return Answer.Success(
            paging.Of(all).Select(one => one.Show()).ToList(), page: paging.ToPage(all.Count));
    }

    private async Task<IReadOnlyList<ApplicationFile>> ListApplicationsAsync(Call call)
    {
        if (Ownership.Check(call, call.PathId("customerId")) is not null) return [];
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        return await ApplicationStore.ListWithoutLoanAsync(connection, call.PathId("customerId"), call.Cancellation);
    }
}

/// <summary>Shows an application that has no loan as the list of loans shows it: nothing is owed.</summary>
internal static class ApplicationAsLoan
{
    public static LoanView Of(ApplicationFile file, DateTimeOffset now)
    {
        var (zero, product) = (file.Money(0), file.Product);
        var duration = file.Approved?.Duration ?? file.Duration;
        return new LoanView
        {
            LoanApplicationId = file.Id,
            CustomerId = file.CustomerId,
            CustomerName = file.CustomerName,
            CustomerEmail = file.Email,
            LoanProductName = product.Name,
            LoanApplicationStatus = ApplicationStates.Word(file.StatusAt(now)),
            AccountState = null,
            LoanAmount = file.Money(file.Approved?.AmountMinor ?? file.RequestedMinor),
            InterestRate = file.Approved?.AnnualRatePercent ?? product.AnnualRatePercent,
            TotalRepaymentAmount = file.Money(file.Accepted?.TotalMinor ?? file.Offer?.TotalRepaymentMinor ?? 0),
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
            ApplicationDate = file.RequestedOn,
            DisbursementDate = null,
            FirstInstallmentDate = null,
            MaturityDate = null,
            NextPaymentDueDate = null,
            TotalInstallments = duration,
            InstallmentsPaid = 0,
            InstallmentsRemaining = duration,
            LoanDuration = duration * product.RepayEvery,
            DurationCounter = product.DurationUnit,
            LoanRepaymentMethod = file.RepaymentMethod,
            IsThirdPartyPayment = false,
            RepaymentBankName = null,
            RepaymentAccountNumber = null,
            RepaymentAccountName = null,
            LoanFullyRepaid = false,
            CurrencyCode = file.Currency.Code,
            AccountId = null,
            OverpaidAmount = zero,
        };
    }
}
