package io.lockstep.perf.gate;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Loads the engine and Agrona once more, so rewritten that they count the bytecodes they execute. What the JDK does on a call
 * counts as the call alone.
 */
final class CountingLoader extends ClassLoader
{
    private static final List<String> COUNTED = List.of("io.lockstep.", "org.agrona.");

    CountingLoader()
    {
        super(CountingLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException
    {
        if (name.equals(Executed.class.getName()) || COUNTED.stream().noneMatch(name::startsWith))
        {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name))
        {
            final Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(final String name) throws ClassNotFoundException
    {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class"))
        {
            if (stream == null)
            {
                throw new ClassNotFoundException(name);
            }
            final ClassReader reader = new ClassReader(stream);
            final ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new ClassCounting(writer), 0);
            final byte[] bytes = writer.toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        }
        catch (final IOException ex)
        {
            throw new ClassNotFoundException(name, ex);
        }
    }

    private static final class ClassCounting extends ClassVisitor
    {
        ClassCounting(final ClassVisitor next)
        {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
            final int access,
            final String name,
            final String descriptor,
            final String signature,
            final String[] exceptions)
        {
            return new MethodCounting(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }
}
