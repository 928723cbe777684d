using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>
/// Lists a customer's completed repayments, newest first: all of them, or one page if paging is requested.
/// </summary>
public sealed class ListRepaidTransactions(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List a customer's completed repayments, newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<RepaidTransaction>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        CustomerReading.AnswerAsync(
            database,
            call,
            call.Path(RepaymentRoutes.UserId),
            async (connection, customer) =>
            {
                if (!call.Paging.IsAsked)
                    return Answer.Success(
                        await PayoffStore.ListCompletedAsync(connection, customer.Id, call.Cancellation)
                    );
                var page = await PayoffStore.ListCompletedAsync(
                    connection,
                    customer.Id,
                    call.Paging,
                    call.Cancellation
                );
                return call.Paging.Answer(page.Records, one => new(one.RepaymentId), page.Counted);
            }
        );
}

/// <summary>A repayment that counts.</summary>
/// <param name="RepaymentId">The repayment's id, as returned when it was recorded.</param>
/// <param name="LoanApplicationId">The loan's application; null for a loan that was taken over without one.</param>
/// <param name="RepaymentAmount">The amount that counts: as reported, or as an officer corrected it.</param>
/// <param name="PaymentDate">The day from which the repayment counts.</param>
/// <param name="PaymentMethod">
/// <c>BANK_TRANSFER</c>, <c>DIRECT_DEBIT</c>, <c>WALLET</c>, <c>CARD</c> or <c>CASH</c>.
/// </param>
/// <param name="Status"><c>PAID</c> for wallet and card, which settle at once; <c>VERIFIED</c> for all others.</param>
public sealed record RepaidTransaction(
    RepaymentId RepaymentId,
    LoanApplicationId? LoanApplicationId,
    Money RepaymentAmount,
    DateOnly PaymentDate,
    string PaymentMethod,
    string Status
);
