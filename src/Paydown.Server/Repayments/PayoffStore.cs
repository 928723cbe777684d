using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>The SQL of payoffs and of completed repayments.</summary>
public static class PayoffStore
{
    private const string Counted = """
        select r.customer_id, r.id, r.account_id, coalesce(s.amount, r.amount) as amount,
               coalesce(s.paid_on, r.paid_on) as paid_on, r.method
        from repayment r
        join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id and s.status = 'VERIFIED'
        where r.customer_id = $1
        """;

    private const string Columns = "r.id, l.loan_application_id, r.amount, l.currency_code, r.paid_on, r.method";

    private const string OfLoan =
        "join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id order by r.id desc";

    private const string ListCompleted = $"select {Columns} from ({Counted}) r {OfLoan}";

    private static readonly PageQuery CompletedPage = new(
        "from repayment_standing where customer_id = $1 and status = 'VERIFIED' order by repayment_id desc",
        $"""
        select {Columns}
        from ({Counted} and ($2::uuid is null or r.id < $2) order by r.id desc limit $3 offset $4) r
        {OfLoan}
        """
    );

    /// <summary>Writes a payoff from the wallet with its change of the loan. Loan and wallet must be locked.</summary>
    public static async Task SettleAsync(
        NpgsqlConnection connection,
        RecordedPayoff payoff,
        LoanChange change,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        RepaymentRecordStore.AddTo(batch, [payoff.ToNewRepayment()]);
        LoanChangeStore.AddTo(batch, [change]);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Returns a customer's verified repayments, newest first, without reversed ones.</summary>
    public static async Task<IReadOnlyList<RepaidTransaction>> ListCompletedAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(ListCompleted, connection)
        {
            Parameters = { Sql.Value(customerId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var repaid = new List<RepaidTransaction>();
        while (await reader.ReadAsync(cancellation))
            repaid.Add(Read(reader));
        return repaid;
    }

    /// <summary>Returns one page of the same list.</summary>
    public static Task<PageRecords<RepaidTransaction>> ListCompletedAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        Paging paging,
        CancellationToken cancellation
    ) => CompletedPage.ReadAsync(connection, paging, [Sql.Value(customerId)], Read, cancellation);

    private static RepaidTransaction Read(NpgsqlDataReader reader)
    {
        var method = reader.Word<PaymentMethod>("method");
        return new RepaidTransaction(
            reader.Id<RepaymentId>("id"),
            reader.IdOrNull<LoanApplicationId>("loan_application_id"),
            reader.Money("amount", reader.Currency("currency_code")),
            reader.Date("paid_on"),
            Words.Write(method),
            method is PaymentMethod.Wallet or PaymentMethod.Card ? "PAID" : "VERIFIED"
        );
    }
}
