using System.Runtime.CompilerServices;
using System.Text;
using Paydown.Lending.BankAccounts;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Payments;

/// <summary>
/// A bank that is spoken with over a folder: batches go <c>out</c> as <c>pain.001</c>, status reports come <c>in</c> as
/// <c>pain.002</c> and are then moved to <c>done</c>, or to <c>rejected</c> with a file beside them that says why. Both
/// sides give a file its name once it is whole: names that begin with a dot or do not end in .xml are left alone.
/// </summary>
public sealed class FilePartner : IPaymentPartner
{
    private readonly string outgoing;
    private readonly string incoming;
    private readonly string done;
    private readonly string rejected;
    private readonly ILogger<FilePartner> logger;

    /// <summary>Over this folder; what it lacks is made.</summary>
    public FilePartner(string folder, ILogger<FilePartner> logger)
    {
        string Below(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        (outgoing, incoming, done, rejected) = (Below("out"), Below("in"), Below("done"), Below("rejected"));
        this.logger = logger;
    }

    public bool TakesTransfers => true;

    /// <summary>A guess: the bank's next working day is not known here.</summary>
    public TimeSpan UsualDuration => TimeSpan.FromDays(1);

    /// <summary>A folder cannot be asked.</summary>
    public ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation) =>
        ValueTask.FromResult(NameEnquiry.Unavailable);

    /// <summary>
    /// Puts the batch into its file. Once more, it is the same file with the same message id, by which a bank knows
    /// what it has read before.
    /// </summary>
    public async Task SendAsync(PaymentBatch batch, CancellationToken cancellation)
    {
        // Files hold the thread, and it may be one that others wait for (docs/decisions/0016): leave it to them.
        await Task.Yield();
        await DurableFile.WriteAsync(
            Path.Combine(outgoing, batch.MessageId + ".xml"),
            CreditTransferFile.Write(batch),
            cancellation
        );
    }

    public async IAsyncEnumerable<PaymentReport> CollectAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var path in Directory.EnumerateFiles(incoming, "*.xml").Order(StringComparer.Ordinal).ToList())
        {
            if (Path.GetFileName(path).StartsWith('.'))
                continue;
            cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
            if (await TryReadAsync(path) is { } report)
                yield return report;
        }
    }

    private async Task<PaymentReport?> TryReadAsync(string path)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > StatusReportFile.BytesMax)
                throw new FormatException($"It has {file.Length} bytes; {StatusReportFile.BytesMax} are the most.");
            return new PaymentReport(
                Path.GetFileName(path),
                StatusReportFile.Read(file),
                reason => CloseAsync(path, reason)
            );
        }
        catch (FormatException exception)
        {
            await CloseAsync(path, exception.Message);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays where it is and keeps no other from being read.
            PaymentsLog.ReportUnreadable(logger, Path.GetFileName(path), exception.Message);
            return null;
        }
    }

    private async Task CloseAsync(string path, string? reason)
    {
        if (reason is not null)
        {
            PaymentsLog.ReportRejected(logger, Path.GetFileName(path), reason);
            await DurableFile.WriteAsync(
                FreePath(rejected, Path.GetFileName(path) + ".reason.txt"),
                Encoding.UTF8.GetBytes(reason + "\n"),
                CancellationToken.None
            );
        }

        File.Move(path, FreePath(reason is null ? done : rejected, Path.GetFileName(path)));
    }

    // A bank may use a name twice; nothing that was read is overwritten.
    private static string FreePath(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        for (var i = 2; File.Exists(path); i++)
            path = Path.Combine(folder, $"{name}.{i}");
        return path;
    }
}
