using Paydown.Lending;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Lets only so many passwords be hashed at once. Hashing is slow by intent: without a gate, a flood of sign-ins would
/// take every core from the people who are signed in.
/// </summary>
public sealed class PasswordGate : IDisposable
{
    private const int WaitingMax = 64;
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim free;
    private int waiting;

    /// <summary>As many at once as the machine has cores.</summary>
    public PasswordGate()
        : this(Environment.ProcessorCount)
    {
    }

    /// <summary>This many at once.</summary>
    internal PasswordGate(int atOnceMax) => free = new SemaphoreSlim(atOnceMax);

    /// <summary>Whether this is the password; refused where too many others wait.</summary>
    public ValueTask<Result<bool>> VerifyAsync(PasswordHash hash, string password, CancellationToken token) =>
        RunAsync(() => hash.Verify(password), token);

    /// <summary>The hash of a new password; refused where too many others wait.</summary>
    public ValueTask<Result<PasswordHash>> CreateAsync(string password, CancellationToken token) =>
        RunAsync(() => PasswordHash.Create(password), token);

    public void Dispose() => free.Dispose();

    internal async ValueTask<Result<T>> RunAsync<T>(Func<T> hash, CancellationToken token)
        where T : notnull
    {
        if (!await TryEnterAsync(token)) return Refusals.ServiceUnavailable("Too many sign-ins at once; try again.");
        try
        {
            // A thread of its own: the pool's few threads must stay free for requests that take microseconds.
            return await Task.Factory.StartNew(
                hash, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            free.Release();
        }
    }

    private async ValueTask<bool> TryEnterAsync(CancellationToken token)
    {
        if (Interlocked.Increment(ref waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }

        try
        {
            return await free.WaitAsync(WaitMax, token);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
