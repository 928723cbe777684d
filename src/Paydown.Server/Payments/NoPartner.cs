using Paydown.Lending.BankAccounts;

namespace Paydown.Server.Payments;

/// <summary>In place of a payment partner where the operator names none: it sends nothing, knows nobody.</summary>
public sealed class NoPartner : IPaymentPartner
{
    public bool TakesTransfers => false;

    public TimeSpan UsualDuration => TimeSpan.Zero;

    public ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation) =>
        ValueTask.FromResult(NameEnquiry.Unavailable);

    public Task SendAsync(PaymentBatch batch, CancellationToken cancellation) =>
        throw new InvalidOperationException("Without a payment partner no transfer is taken.");

    public async IAsyncEnumerable<PaymentReport> CollectAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await Task.CompletedTask;
        yield break;
    }
}
