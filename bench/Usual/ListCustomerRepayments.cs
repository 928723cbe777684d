using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Usual;

public sealed record AllocatedPart(
    int InstallmentNumber,
    decimal Principal,
    decimal Interest,
    decimal Fees,
    decimal Penalty
);

public sealed record CustomerRepayment
{
    public required Guid Id { get; init; }

    public required string LoanRepaymentMethodEnum { get; init; }

    public required string AccountProductName { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    public required decimal RepaymentAmount { get; init; }

    public required string LoanProductName { get; init; }

    public required decimal PrincipalBalance { get; init; }

    public required decimal TotalBalance { get; init; }

    public required bool LoanAmountPaid { get; init; }

    public required DateTime CreationDate { get; init; }

    public required DateOnly? PaymentDueDate { get; init; }

    public required int InstallmentCount { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid? LoanApplicationId { get; init; }

    public required decimal TotalPayable { get; init; }

    public required string VerificationStatus { get; init; }

    public required string? RejectionReason { get; init; }

    public required string RepaymentReference { get; init; }

    public required DateOnly PaymentDate { get; init; }

    public required IReadOnlyList<AllocatedPart> Allocation { get; init; }
}

/// <summary>All repayments of a customer, newest first: one query, mapped to the response.</summary>
public static class ListCustomerRepayments
{
    public static async Task<IResult> HandleAsync(
        Guid customerId,
        ClaimsPrincipal caller,
        LendingContext db,
        CancellationToken token
    )
    {
        if (customerId != caller.UserId())
            return Results.Json(new Failure("FAILED", "You may list your own repayments only."), statusCode: 403);

        var rows = await (
            from repayment in db.Repayments.AsNoTracking()
            join loan in db.LoanAccounts
                on new { repayment.CustomerId, Id = repayment.AccountId } equals new { loan.CustomerId, loan.Id }
            join customer in db.Users on repayment.CustomerId equals customer.Id
            join found in db.RepaymentStandings
                on new { repayment.CustomerId, repayment.Id } equals new { found.CustomerId, Id = found.RepaymentId }
                into standings
            from standing in standings.DefaultIfEmpty()
            where repayment.CustomerId == customerId
            orderby repayment.Id descending
            select new
            {
                repayment.Id,
                repayment.Method,
                repayment.Amount,
                repayment.RecordedAt,
                repayment.Reference,
                repayment.PaidOn,
                customer.FirstName,
                customer.LastName,
                customer.Email,
                loan.AccountProductName,
                loan.ProductName,
                AccountId = loan.Id,
                loan.LoanApplicationId,
                loan.InstallmentCount,
                loan.PrincipalBalance,
                Total = loan.PrincipalBalance + loan.InterestBalance + loan.FeesBalance + loan.PenaltyBalance,
                loan.PayoffBalance,
                loan.PendingTotal,
                loan.NextDueOn,
                Standing = standing,
            }
        ).ToListAsync(token);

        var records = rows.ConvertAll(row =>
        {
            var isPaid = row.Standing?.Status == "VERIFIED";
            return new CustomerRepayment
            {
                Id = row.Id,
                LoanRepaymentMethodEnum = row.Method,
                AccountProductName = row.AccountProductName,
                CustomerName = $"{row.FirstName} {row.LastName}",
                Email = row.Email,
                RepaymentAmount = row.Amount / 100m,
                LoanProductName = row.ProductName,
                PrincipalBalance = (isPaid ? row.Standing!.PrincipalBalance ?? 0 : row.PrincipalBalance) / 100m,
                TotalBalance = (isPaid ? row.Standing!.TotalBalance ?? 0 : row.Total) / 100m,
                LoanAmountPaid = isPaid,
                CreationDate = row.RecordedAt.UtcDateTime,
                PaymentDueDate = isPaid ? row.Standing!.DueOn : row.NextDueOn,
                InstallmentCount = row.InstallmentCount,
                AccountId = row.AccountId,
                LoanApplicationId = row.LoanApplicationId,
                TotalPayable = (row.PayoffBalance - row.PendingTotal) / 100m,
                VerificationStatus =
                    row.Standing is null ? "PENDING_VERIFICATION"
                    : isPaid ? "VERIFIED"
                    : "REJECTED",
                RejectionReason = row.Standing?.Reason,
                RepaymentReference = row.Reference,
                PaymentDate = row.PaidOn,
                Allocation = isPaid ? Allocation(row.Standing!.Lines) : [],
            };
        });
        return Results.Json(new Success<List<CustomerRepayment>>("SUCCESS", records));
    }

    // Stored in minor units.
    private static List<AllocatedPart> Allocation(string? lines) =>
        JsonSerializer
            .Deserialize<List<AllocatedPart>>(lines ?? "[]", JsonSerializerOptions.Web)!
            .ConvertAll(line => new AllocatedPart(
                line.InstallmentNumber,
                line.Principal / 100m,
                line.Interest / 100m,
                line.Fees / 100m,
                line.Penalty / 100m
            ));
}
