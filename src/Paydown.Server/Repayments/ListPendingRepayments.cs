using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>
/// Lists the installments that a customer has still to pay over all active loans, earliest due first.
/// </summary>
public sealed class ListPendingRepayments(CustomerLoansReading reading)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var read = await reading.ReadAsync(call, call.PathId("user-id"));
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);
        var unpaid = read
            .Value.Files.Select(stored => (Stored: stored, Loan: stored.Replay(read.Value.Today)))
            .Where(pair => pair.Loan.Status is LoanStatus.Active or LoanStatus.InArrears)
            .SelectMany(pair =>
                pair.Loan.Installments.Where(installment => !installment.IsPaid)
                    .Select(installment => PendingInstallment.Of(installment, pair.Stored, pair.Loan.AsOf))
            )
            .OrderBy(pending => pending.DueDate)
            .ThenBy(pending => pending.AccountId)
            .ThenBy(pending => pending.InstallmentNumber)
            .ToList();
        return call.Paging.AnswerOf(
            unpaid,
            one => new(one.DueDate, one.AccountId, one.InstallmentNumber),
            (one, key) =>
                Comparer<(DateOnly, Guid, int)>.Default.Compare(
                    (one.DueDate, one.AccountId, one.InstallmentNumber),
                    ((DateOnly)key.Components[0], (Guid)key.Components[1], (int)key.Components[2])
                ) > 0
        );
    }
}

/// <summary>An installment with something outstanding; the amounts are what is outstanding of it.</summary>
public sealed record PendingInstallment
{
    public required Guid? LoanApplicationId { get; init; }
    public required int InstallmentNumber { get; init; }
    public required DateOnly DueDate { get; init; }
    public required Money AmountDue { get; init; }
    public required Money PrincipalAmount { get; init; }
    public required Money InterestAmount { get; init; }

    /// <summary><c>PENDING</c>, <c>PARTIALLY_PAID</c> or <c>OVERDUE</c>.</summary>
    public required PaymentStatus Status { get; init; }
    public required int DaysOverdue { get; init; }
    public required Money FeesAmount { get; init; }
    public required Money PenaltyAmount { get; init; }
    public required Guid AccountId { get; init; }

    public static PendingInstallment Example { get; } =
        new()
        {
            LoanApplicationId = Guid.Parse("01957ad2-7c00-7000-8000-00000000a001"),
            InstallmentNumber = 2,
            DueDate = new DateOnly(2026, 3, 15),
            AmountDue = Money.FromMajor(56_734.58m, Currency.Get("NGN")),
            PrincipalAmount = Money.FromMajor(45_629.27m, Currency.Get("NGN")),
            InterestAmount = Money.FromMajor(11_105.31m, Currency.Get("NGN")),
            Status = PaymentStatus.Pending,
            DaysOverdue = 0,
            FeesAmount = Money.Zero(Currency.Get("NGN")),
            PenaltyAmount = Money.Zero(Currency.Get("NGN")),
            AccountId = Guid.Parse("01957ad2-7c00-7000-8000-00000000b001"),
        };

    public static PendingInstallment Of(Installment installment, StoredLoan stored, DateOnly today)
    {
        var outstanding = installment.Outstanding;
        return new PendingInstallment
        {
            LoanApplicationId = stored.ApplicationId,
            InstallmentNumber = installment.Number,
            DueDate = installment.DueOn,
            AmountDue = stored.Money(outstanding.Total),
            PrincipalAmount = stored.Money(outstanding.Principal),
            InterestAmount = stored.Money(outstanding.Interest),
            Status = installment.StatusOn(today),
            DaysOverdue = installment.DaysOverdueOn(today),
            FeesAmount = stored.Money(outstanding.Fees),
            PenaltyAmount = stored.Money(outstanding.Penalty),
            AccountId = stored.Id,
        };
    }
}
