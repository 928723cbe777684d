using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>Lists a customer's unpaid installments over all active loans, earliest due date first.</summary>
public sealed class ListPendingRepayments(CustomerLoansReading reading) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List a customer's unpaid installments, earliest due date first")
            .Takes(Paging.Fields)
            .ReturnsPage<PendingInstallment>(PageKeyPart.Date, PageKeyPart.Id, PageKeyPart.Number)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var read = await reading.ReadAsync(call, call.Path(RepaymentRoutes.UserId));
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
            .ThenBy(pending => pending.AccountId.Value)
            .ThenBy(pending => pending.InstallmentNumber)
            .ToList();
        return call.Paging.AnswerOf(
            unpaid,
            one => new(one.DueDate, one.AccountId, one.InstallmentNumber),
            (one, key) =>
                (one.DueDate, one.AccountId.Value, one.InstallmentNumber).CompareTo(
                    ((DateOnly)key.Components[0], key.Id<LoanId>(1).Value, (int)key.Components[2])
                ) > 0
        );
    }
}

/// <summary>An installment that is not fully paid. Its amounts are what is still outstanding.</summary>
public sealed record PendingInstallment
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The installment's place in the schedule, counted from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The day on which the installment falls due, or fell due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The outstanding amount: principal, interest, fees and penalty together.</summary>
    public required Money AmountDue { get; init; }

    /// <summary>The outstanding principal.</summary>
    public required Money PrincipalAmount { get; init; }

    /// <summary>The outstanding interest.</summary>
    public required Money InterestAmount { get; init; }

    /// <summary><c>PENDING</c>, <c>PARTIALLY_PAID</c> or <c>OVERDUE</c>.</summary>
    public required PaymentStatus Status { get; init; }

    /// <summary>Days since the due date; 0 if it has not passed.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>The outstanding fees.</summary>
    public required Money FeesAmount { get; init; }

    /// <summary>The outstanding penalty.</summary>
    public required Money PenaltyAmount { get; init; }

    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

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
