using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Usual;

public sealed record RepayLoanRequest(
    decimal RepaymentAmount,
    Guid CustomerId,
    Guid AccountId,
    Guid BankAccountId,
    string RepaymentReference,
    DateOnly? PaymentDate,
    string? PaymentNarration
);

public sealed record RepaymentRecorded(
    Guid Id,
    decimal RepaymentAmount,
    string CustomerName,
    string Email,
    string LoanProductName,
    string RepaymentReference,
    string VerificationStatus,
    string Message
);

/// <summary>
/// A customer reports a repayment. It is checked and recorded with its idempotency record and its event, in one
/// transaction.
/// </summary>
public static class RepayLoan
{
    private const string Route = "POST user/repay-loan/{user-id}";
    private const string Message = "Your repayment is recorded and awaits verification.";

    public static async Task<IResult> HandleAsync(
        Guid userId,
        RepayLoanRequest request,
        HttpContext http,
        ClaimsPrincipal caller,
        LendingContext db,
        TimeProvider time,
        CancellationToken token
    )
    {
        var key = http.Request.Headers["x-idempotency-key"].ToString();
        if (key.Length is 0 or > 255)
            return Results.BadRequest(new Failure("FAILED", "Header x-idempotency-key is missing."));
        if (userId != caller.UserId() || request.CustomerId != userId)
            return Results.Json(new Failure("FAILED", "You may repay your own loans only."), statusCode: 403);

        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request));
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var earlier = await db
            .IdempotencyRecords.AsNoTracking()
            .FirstOrDefaultAsync(
                record => record.CallerId == userId && record.Route == Route && record.Key == key,
                token
            );
        if (earlier is not null)
        {
            return earlier.RequestHash.AsSpan().SequenceEqual(hash)
                ? Results.Bytes(earlier.Body, "application/json")
                : Results.Json(new Failure("FAILED", "This key was used for another request."), statusCode: 422);
        }

        // The row lock keeps two reports of one loan from exceeding the amount owed.
        var loan = await db
            .LoanAccounts.FromSql(
                $"""
                select * from loan_account where customer_id = {userId} and id = {request.AccountId} for no key update
                """
            )
            .FirstOrDefaultAsync(token);
        if (loan is null)
            return Results.Json(new Failure("FAILED", "There is no such loan."), statusCode: 404);
        var customer = await db.Users.AsNoTracking().FirstAsync(user => user.Id == userId, token);
        var ownsBankAccount = await db.BankAccounts.AnyAsync(
            account => account.CustomerId == userId && account.Id == request.BankAccountId,
            token
        );
        if (Refuse(loan, request, ownsBankAccount) is { } refusal)
            return refusal;

        var recorded = await RecordAsync(db, loan, customer, request, key, hash, time.GetUtcNow(), token);
        await transaction.CommitAsync(token);
        return Results.Bytes(recorded, "application/json");
    }

    private static IResult? Refuse(LoanAccount loan, RepayLoanRequest request, bool ownsBankAccount)
    {
        var payable = loan.PayoffBalance - loan.PendingTotal;
        if (loan.LoanApplicationId is null)
            return Results.Json(new Failure("FAILED", "The loan has no application."), statusCode: 422);
        if (loan.State == "CLOSED")
            return Results.Json(new Failure("FAILED", "The loan is closed."), statusCode: 409);
        if (loan.Collector is not null)
            return Results.Json(new Failure("FAILED", "A third party collects."), statusCode: 409);
        if (request.RepaymentAmount <= 0 || request.RepaymentAmount * 100 > payable)
            return Results.Json(
                new Failure("FAILED", $"The amount must be at most {payable / 100m}."),
                statusCode: 422
            );
        return ownsBankAccount
            ? null
            : Results.Json(new Failure("FAILED", "The bank account is not yours."), statusCode: 403);
    }

    private static async Task<byte[]> RecordAsync(
        LendingContext db,
        LoanAccount loan,
        User customer,
        RepayLoanRequest request,
        string key,
        byte[] hash,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        var repayment = new Repayment
        {
            CustomerId = loan.CustomerId,
            Id = Guid.CreateVersion7(now),
            OrganisationId = loan.OrganisationId,
            AccountId = loan.Id,
            Amount = (long)(request.RepaymentAmount * 100),
            Method = "BANK_TRANSFER",
            BankAccountId = request.BankAccountId,
            Reference = request.RepaymentReference,
            ReferenceMatches = request.RepaymentReference == loan.Reference,
            PaidOn = request.PaymentDate ?? DateOnly.FromDateTime(now.UtcDateTime),
            Narration = request.PaymentNarration,
            RecordedBy = loan.CustomerId,
            RecordedAt = now,
        };
        var body = ResponseOf(repayment, loan, customer, request);
        db.Repayments.Add(repayment);
        db.IdempotencyRecords.Add(
            new IdempotencyRecord
            {
                CallerId = loan.CustomerId,
                Route = Route,
                Key = key,
                RequestHash = hash,
                Status = 200,
                Body = body,
                RecordedAt = now,
            }
        );
        db.OutboxEvents.Add(
            new OutboxRow
            {
                CustomerId = loan.CustomerId,
                Id = repayment.Id,
                OrganisationId = loan.OrganisationId,
                AccountId = loan.Id,
                Type = "repayment.recorded",
                RecordedAt = now,
                Payload = JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        RepaymentId = repayment.Id,
                        repayment.CustomerId,
                        repayment.AccountId,
                        loan.LoanApplicationId,
                        request.RepaymentAmount,
                        CurrencyCode = "NGN",
                        VerificationStatus = "PENDING_VERIFICATION",
                        RecordedAt = now,
                    },
                    JsonSerializerOptions.Web
                ),
            }
        );
        loan.PendingTotal += repayment.Amount;
        await db.SaveChangesAsync(token);
        return body;
    }

    private static byte[] ResponseOf(Repayment repayment, LoanAccount loan, User customer, RepayLoanRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Success<RepaymentRecorded>(
                "SUCCESS",
                new RepaymentRecorded(
                    repayment.Id,
                    request.RepaymentAmount,
                    $"{customer.FirstName} {customer.LastName}",
                    customer.Email,
                    loan.ProductName,
                    repayment.Reference,
                    "PENDING_VERIFICATION",
                    Message
                )
            ),
            JsonSerializerOptions.Web
        );
}
